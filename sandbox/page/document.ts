/** The only document. Everything else comes by script, so that nothing foreign is ever written into HTML. */
export function pageDocument(key: string, script = '/page.js'): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="sandbox-key" content="${key}">
<meta name="color-scheme" content="dark light">
<title>vtscan sandbox</title>
<link rel="icon" type="image/svg+xml" href="/avatars/bot.svg">
<link rel="stylesheet" href="/page.css">
<script type="module" src="${script}"></script>
</head>
<body><div id="page"><noscript>The sandbox needs JavaScript.</noscript></div></body>
</html>
`;
}

/** Lit's style maps write style attributes; scripts, styles and everything else come from here only. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
