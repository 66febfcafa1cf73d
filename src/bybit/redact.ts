// Control, zero-width and direction-changing characters, which could hide or reorder text on a screen.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const LONGEST = 200;

/**
 * Text of the exchange that may be shown and logged: without anything that could be a key, a signature or the string
 * that was signed (10004 quotes it, API.md §11), without characters that cannot be seen, at most 200 characters.
 * `secrets` are cut out to the letter wherever they stand.
 */
export function redact(text: string, secrets: readonly string[] = []): string {
  return withoutSecrets(text, secrets)
    .replace(UNSEEN, ' ')
    .replace(/origin_string\s*\[.*/i, 'origin_string[…]')
    .replace(/[A-Za-z0-9+/=_-]{16,}/g, (found) => (/\d/.test(found) ? '…' : found))
    .slice(0, LONGEST)
    .trim();
}

/** Text that stays as it is but for the secrets, each cut out to the letter wherever it stands. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, '…')), text);
}
