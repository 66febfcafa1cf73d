/** What would run, were it ever read as anything but text. */
const RUN = 'window.pwned=1';

/** Ways out of where a text may stand. */
const WAYS_OUT = [
  '',
  '">',
  "'>",
  '`>',
  '-->',
  '</title>',
  '</style>',
  '</script>',
  '</textarea>',
  '</svg>',
  ']]>',
];

const ELEMENTS = [
  `<img src=x onerror=${RUN}>`,
  `<svg onload=${RUN}>`,
  `<svg><animate onbegin=${RUN} attributeName=x dur=1s>`,
  `<script>${RUN}</script>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>">`,
  `<input autofocus onfocus=${RUN}>`,
  `<details open ontoggle=${RUN}>`,
  `<video src=x onerror=${RUN}>`,
  `<body onload=${RUN}>`,
  `<a href="javascript:${RUN}">x</a>`,
  `<form action="javascript:${RUN}"><button>x</button></form>`,
  `<object data="data:text/html,<script>${RUN}</script>">`,
  `<math><mtext><img src=x onerror=${RUN}>`,
  `<style>*{display:none}</style>`,
  `<link rel=stylesheet href=http://127.0.0.1:9/x.css>`,
  `<base href=http://127.0.0.1:9/>`,
];

const ATTRIBUTES = [
  `" onmouseover="${RUN}`,
  `' onfocus='${RUN}`,
  `" autofocus onfocus="${RUN}`,
  ` onclick=${RUN} `,
  `" style="position:fixed;inset:0" x="`,
  `x" href="javascript:${RUN}`,
];

const SCRIPTS = [
  `'-${RUN}-'`,
  `";${RUN};//`,
  `\\";${RUN};//`,
  `$${''}{${RUN}}`,
  `{{${RUN}}}`,
  `{{constructor.constructor('${RUN}')()}}`,
  `<!--?lit$000000000$-->${RUN}`,
  `<?lit$?><img src=x onerror=${RUN}>`,
  `javascript:${RUN}`,
  `java\tscript:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `command:loanDesk.borrow`,
  `url(javascript:${RUN})`,
  `red;background:url(http://127.0.0.1:9/x)`,
  `expression(${RUN})`,
  `&lt;img src=x onerror=${RUN}&gt;`,
  `&#60;img src=x onerror=${RUN}&#62;`,
  `＜img src=x onerror=${RUN}＞`,
  `%3Cimg%20src=x%20onerror=${RUN}%3E`,
];

const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '\u202eCTB',
  '\u0000\u0007',
  '\u200b',
  '\u001b[31mred',
  '😀'.repeat(20),
  'a'.repeat(300),
  '=HYPERLINK("http://127.0.0.1:9")',
  '<',
  '&',
  '"',
];

/** Over two hundred texts, each another. */
export const PAYLOADS: readonly string[] = [
  ...WAYS_OUT.flatMap((out) => ELEMENTS.map((element) => `${out}${element}`)),
  ...ATTRIBUTES,
  ...SCRIPTS,
  ...NAMES,
];
