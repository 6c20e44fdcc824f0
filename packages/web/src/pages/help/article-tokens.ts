/** A help page as data: what `markdown-plugin.ts` makes of a markdown file while the site is built. */
export interface Article {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What stands below each other. `text` is a list item that is no paragraph. */
export type Block =
  | { readonly type: 'heading'; readonly depth: 2 | 3 | 4; readonly id: string; readonly children: Inlines }
  | { readonly type: 'paragraph' | 'text'; readonly children: Inlines }
  /** Numbered where it has a start. */
  | { readonly type: 'list'; readonly start: number | null; readonly items: readonly (readonly Block[])[] }
  | {
      readonly type: 'table';
      readonly header: readonly Inlines[];
      readonly rows: readonly (readonly Inlines[])[];
    }
  | { readonly type: 'code'; readonly text: string };

/** What stands beside each other: plain text, or text with a meaning. */
export type Inline =
  | string
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'em'; readonly children: Inlines }
  | { readonly type: 'link'; readonly href: string; readonly children: Inlines };

/** A line of text. */
export type Inlines = readonly Inline[];
