import { codeFacts } from './codes';
import type { Endpoint } from './endpoint';
import { type Effect, RefusalError, TransportError, UnreadableError } from './errors';
import type { NoAnswer } from './transport';
import { type Words, withCode, words } from './words';

type Called = Pick<Endpoint<unknown, unknown>, 'id' | 'mutates'>;

/** Codes with which no connection was made, so that nothing can have arrived (promises.md §1). */
const NEVER_CONNECTED = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'EHOSTREFUSED',
  'EPROXY',
  'EPROXYREFUSED',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** HTTP statuses that say that the call was not carried out. */
const REFUSED_STATUS = new Set([401, 403, 404]);

/** The status of a proxy that wants to know who asks. */
const NEEDS_PASSWORD = 407;

function isCertificate(code: string): boolean {
  return /CERT|ISSUER|LEAF/.test(code);
}

function effectOf({ mutates }: Called, effect: Effect): Effect {
  return mutates ? effect : 'none';
}

const lookedUp = words(
  'Whether it took effect is not known. The histories are read to find out; it is not sent again.',
);

const reportIt = words('Please report the code.');

function adviceFor(effect: Effect, otherwise: Words): Words {
  return effect === 'unknown' ? lookedUp : otherwise;
}

/** The error for a request that got no whole answer; `proxyStatus` where a proxy refused the way. */
export function noAnswer(
  called: Called,
  { code, proxyStatus, mayHaveLeft }: Pick<NoAnswer, 'code' | 'proxyStatus' | 'mayHaveLeft'>,
): TransportError {
  const effect = effectOf(called, NEVER_CONNECTED.has(code) && !mayHaveLeft ? 'none' : 'unknown');
  return new TransportError({
    endpoint: called.id,
    effect,
    code,
    proxyStatus,
    words: proxyStatus === undefined ? noAnswerWords(code, mayHaveLeft) : proxyWords(proxyStatus),
    advice: adviceFor(effect, wayOn(code, proxyStatus)),
  });
}

function proxyWords(status: number): Words {
  const code = String(status);
  return status === NEEDS_PASSWORD
    ? words(
        'The proxy that VS Code uses (setting http.proxy) asks for a name and a password (HTTP {0}).',
        code,
      )
    : words(
        'The proxy that VS Code uses (setting http.proxy) does not let requests through to the exchange (HTTP {0}).',
        code,
      );
}

function wayOn(code: string, proxyStatus: number | undefined): Words {
  if (proxyStatus === NEEDS_PASSWORD) {
    return words(
      'Give them in the setting http.proxy, as http://NAME:PASSWORD@HOST:PORT, or when VS Code asks.',
    );
  }
  if (proxyStatus !== undefined) {
    return words(
      'Ask whoever runs the proxy, or name the host in http.noProxy if it may be called directly.',
    );
  }
  if (code === 'EPROXY') return words('Check the setting http.proxy, and that the proxy runs.');
  if (isCertificate(code)) {
    return words(
      'Nothing was sent. If your organization looks into connections, this system has to trust its certificate; otherwise do not use the desk in this network.',
    );
  }
  return words('Check the network connection, then try again.');
}

function noAnswerWords(code: string, mayHaveLeft: boolean): Words {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return words("The exchange's address could not be found: is this machine offline? ({0})", code);
  }
  if (code === 'EPROXY') {
    return words('The proxy that VS Code uses (setting http.proxy) could not be reached ({0}).', code);
  }
  if (isCertificate(code)) {
    return words(
      "The server's certificate is not the exchange's. Something stands between, perhaps a proxy ({0}).",
      code,
    );
  }
  if (code === 'ENOTLS') {
    return words('Something answered without encryption, so it was not the exchange ({0}).', code);
  }
  if (NEVER_CONNECTED.has(code) && !mayHaveLeft)
    return words('The exchange could not be reached ({0}).', code);
  if (code === 'ETIMEDOUT' || code === 'ECONNABORTED')
    return words('The exchange did not answer in time ({0}).', code);
  if (code === 'ERR_CANCELED') return words('The request was cancelled ({0}).', code);
  return words('The connection to the exchange broke before the answer was complete ({0}).', code);
}

/** The error for an HTTP status that carries no envelope. */
export function badStatus(called: Called, httpStatus: number): TransportError {
  const effect = effectOf(called, REFUSED_STATUS.has(httpStatus) ? 'none' : 'unknown');
  const { what, advice } = statusWords(httpStatus);
  return new TransportError({
    endpoint: called.id,
    effect,
    httpStatus,
    words: what,
    advice: adviceFor(effect, advice),
  });
}

function statusWords(status: number): { readonly what: Words; readonly advice: Words } {
  const code = String(status);
  if (status === 401) {
    return {
      what: words('The exchange did not accept the API key (HTTP {0}).', code),
      advice: words('Check the key, and that the account is in the environment the key was made for.'),
    };
  }
  if (status === 403) {
    return {
      what: words(
        'The exchange refuses this IP address: too many requests, a region it does not serve, or an address the key is not bound to (HTTP {0}).',
        code,
      ),
      advice: words('All calls to this host wait for ten minutes.'),
    };
  }
  if (status === 404) {
    return {
      what: words('The exchange does not know this call (HTTP {0}).', code),
      advice: words('This is a fault of Loan Desk: please report it with the code.'),
    };
  }
  if (status >= 300 && status < 400) {
    return {
      what: words('The address answered with a redirect, which is not followed (HTTP {0}).', code),
      advice: words('If this network asks to sign in (hotel, train), do so in a browser first.'),
    };
  }
  return {
    what: words('The exchange had a fault of its own (HTTP {0}).', code),
    advice: words('Try again later.'),
  };
}

/** The error for a body that is no envelope: HTML of a captive portal, half an answer, something else. */
export function unreadable(called: Called, text: string): UnreadableError {
  const effect = effectOf(called, 'unknown');
  const html = /^\s*</.test(text);
  return new UnreadableError({
    endpoint: called.id,
    effect,
    words: html
      ? words('A web page came in place of an answer of the exchange.')
      : words('The answer of the exchange was cut off or is not readable.'),
    advice: adviceFor(
      effect,
      html
        ? words('If this network asks to sign in (hotel, train), do so in a browser first.')
        : words('Try again. If it stays, please report it.'),
    ),
  });
}

/** The error for an answer without a field that the endpoint promises, or with one of a wrong type. */
export function badField(called: Called, field: string): UnreadableError {
  const effect = effectOf(called, 'unknown');
  return new UnreadableError({
    endpoint: called.id,
    effect,
    field,
    words: words(
      'The answer of {0} is not as documented: the field {1} is missing or wrong.',
      called.id,
      field,
    ),
    advice: adviceFor(effect, words('Try again. If it stays, please report it.')),
  });
}

/** The error for a retCode other than 0. Codes that nobody documented are unknown for a write. `retMsg` is redacted. */
export function refusal(called: Called, retCode: number, retMsg: string): RefusalError {
  const facts = codeFacts(retCode);
  const effect = effectOf(called, facts?.effect ?? 'unknown');
  const code = String(retCode);
  return new RefusalError({
    endpoint: called.id,
    effect,
    retCode,
    retMsg,
    words:
      facts === undefined
        ? words('The exchange refused with a code this version does not know: {0} ({1})', retMsg, code)
        : withCode(facts.words, code),
    advice: effect === 'unknown' ? lookedUp : facts === undefined ? reportIt : facts.advice,
  });
}
