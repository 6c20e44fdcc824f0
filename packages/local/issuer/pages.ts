import { createHash } from 'node:crypto';

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #f4f5f7; color: #1c2733; }
  main { max-width: 22rem; margin: 12vh auto 0; padding: 2rem; background: #fff; border-radius: .5rem; }
  h1 { font-size: 1.25rem; margin: 0 0 1rem; }
  label { display: block; font-weight: 600; }
  input { box-sizing: border-box; width: 100%; margin: .25rem 0 1rem; padding: .5rem; font: inherit; }
  button { padding: .5rem 1rem; font: inherit; cursor: pointer; }
  p.problem { color: #b00020; }
  @media (prefers-color-scheme: dark) { body { background: #14181d; color: #e8ecf1; } main { background: #1f262e; } }
`;

/**
 * Headers of the issuer's pages: no script at all, one style by its hash, forms to this origin only. In AWS these
 * pages are Cognito's own, on another origin, so the product's policy doesn't speak of them.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The page that asks for a name. `problem` says why the last answer wasn't taken. */
export function renderSignIn(action: string, problem?: string): string {
  return renderPage(
    'Sign in',
    `${problem ? `<p class="problem" role="alert">${escapeHtml(problem)}</p>` : ''}
    <form method="post" action="${escapeHtml(action)}">
      <label for="name">Your name</label>
      <input id="name" name="name" autocomplete="username" maxlength="64" required autofocus>
      <button type="submit">Sign in</button>
    </form>
    <p>This is a local run: any name will do, and the same name finds the same domains again.</p>`,
  );
}

/** The page that asks whether to sign out; `form` is the provider's own hidden form. */
export function renderSignOut(form: string): string {
  return renderPage(
    'Sign out',
    `${form}<button type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
    <button type="submit" form="op.logoutForm">Stay signed in</button>`,
  );
}

/** A page with a sentence: signed out, or what went wrong. */
export function renderNotice(title: string, text: string): string {
  return renderPage(title, `<p>${escapeHtml(text)}</p><p><a href="/">Domain Collective</a></p>`);
}

function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)} · Domain Collective</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
