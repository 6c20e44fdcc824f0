/** A help page, read while the site is built (markdown-plugin.ts). */
declare module '*.md' {
  export const article: import('./pages/help/article-tokens.ts').Article;
}
