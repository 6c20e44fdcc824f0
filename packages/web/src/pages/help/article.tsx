import { useLocation } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import type { Article as ArticleData, Block, Inlines as Line } from './article-tokens.ts';
import { Inlines, toPlain } from './inlines.tsx';

/** A help page below its title. Goes to the heading that the address names, once that is there. */
export function Article({ article: { title, blocks } }: { readonly article: ArticleData }) {
  const hash = useLocation({ select: (location) => location.hash });
  useEffect(() => {
    if (hash !== '') document.getElementById(hash)?.scrollIntoView();
  }, [hash]);
  return (
    <div className="max-w-[70ch] break-words">
      <Blocks blocks={blocks} section={title} />
    </div>
  );
}

/** `section` is the heading above, for the names of tables. */
function Blocks({
  blocks,
  section,
}: {
  readonly blocks: readonly Block[];
  readonly section: string;
}): ReactNode {
  let name = section;
  return blocks.map((block, index) => {
    if (block.type === 'heading') name = toPlain(block.children);
    // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
    return <OneBlock key={index} block={block} section={name} />;
  });
}

function OneBlock({ block, section }: { readonly block: Block; readonly section: string }) {
  switch (block.type) {
    case 'heading':
      return <Heading {...block} />;
    case 'paragraph':
      return (
        <p className="my-3">
          <Inlines line={block.children} />
        </p>
      );
    case 'text':
      return <Inlines line={block.children} />;
    case 'list':
      return <List {...block} section={section} />;
    case 'table':
      return <Table {...block} label={section} />;
    case 'code':
      return (
        <ScrollRegion label={`Code: ${section}`} className="my-3 rounded-control bg-sunken p-3">
          <pre className="font-mono text-sm">
            <code>{block.text}</code>
          </pre>
        </ScrollRegion>
      );
  }
}

const HEADINGS = {
  2: 'mt-10 mb-2 text-xl font-semibold tracking-tight',
  3: 'mt-7 mb-1 text-lg font-semibold',
  4: 'mt-5 mb-1 font-semibold',
} as const;

function Heading({ depth, id, children }: Extract<Block, { type: 'heading' }>) {
  const Tag = `h${depth}` as const;
  return (
    <Tag id={id} className={HEADINGS[depth]}>
      <Inlines line={children} />
    </Tag>
  );
}

function List({ start, items, section }: Extract<Block, { type: 'list' }> & { readonly section: string }) {
  const inside = items.map((blocks, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
    <li key={index} className="pl-1">
      <Blocks blocks={blocks} section={section} />
    </li>
  ));
  const look = 'my-2 space-y-1 pl-6';
  if (start === null) return <ul className={`${look} list-disc marker:text-quiet`}>{inside}</ul>;
  return (
    <ol start={start} className={`${look} list-decimal marker:font-semibold marker:text-accent-ink`}>
      {inside}
    </ol>
  );
}

function Table({ header, rows, label }: Extract<Block, { type: 'table' }> & { readonly label: string }) {
  return (
    <ScrollRegion label={`Table: ${label}`} className="my-4 rounded-control border border-line bg-card">
      <table className="w-full text-left text-sm">
        <thead className="border-line border-b bg-sunken">
          <tr>{header.map((line, index) => toHeaderCell(line, index))}</tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
            <tr key={index} className="border-line border-b last:border-b-0">
              {row.map((line, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the page never changes
                <td key={column} className="min-w-24 px-3 py-2 align-top">
                  <Inlines line={line} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** A column without a name has none to be heard. */
function toHeaderCell(line: Line, index: number) {
  if (line.length === 0) return <td key={index} />;
  return (
    <th key={index} scope="col" className="px-3 py-2 font-semibold">
      <Inlines line={line} />
    </th>
  );
}
