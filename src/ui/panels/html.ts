export interface PageOptions {
  /** Of the webview: where styles, fonts and pictures may come from. */
  readonly cspSource: string;
  /** Fresh for every load. */
  readonly nonce: string;
  /** Names this load in every message. */
  readonly session: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly title: string;
  /** BCP 47. */
  readonly language: string;
}

/** What a page may do: run one script of ours, and show our styles, fonts and pictures. Nothing else, no network. */
export function contentPolicy({ cspSource, nonce }: Pick<PageOptions, 'cspSource' | 'nonce'>): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    // These two do not follow `default-src`.
    `form-action 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}

/** The document of every panel. */
export function pageHtml(options: PageOptions): string {
  const { nonce, session, scriptUri, styleUri, title, language } = options;
  return `<!DOCTYPE html>
<html lang="${escaped(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(contentPolicy(options))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(styleUri)}">
<title>${escaped(title)}</title>
</head>
<body data-session="${escaped(session)}">
<div id="page"></div>
<script nonce="${escaped(nonce)}" src="${escaped(scriptUri)}"></script>
</body>
</html>`;
}

const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES.get(character) ?? character);
}
