import type { Story } from './story.ts';

/** All stories with links to them, by the first word of their ids. */
export function StoryList({ stories }: { readonly stories: readonly Story[] }) {
  const groups = Map.groupBy(stories, ({ id }) => id.replace(/-.*/, ''));
  return (
    <main className="mx-auto max-w-5xl p-8">
      <h1 className="text-2xl font-semibold">Stories</h1>
      <p className="mt-1 text-quiet">
        Every page in every state, {stories.length} in all, on made-up data. Nothing of this is in the site.
      </p>
      <div className="mt-6 columns-[18rem] gap-8">
        {[...groups].map(([group, all]) => (
          <section key={group} className="mb-6 break-inside-avoid">
            <h2 className="font-semibold">{group}</h2>
            <ul className="mt-1 text-sm">
              {all.map(({ id, title, width }) => (
                <li key={id} className="py-0.5">
                  <a className="link" href={`/?story=${id}`}>
                    {title}
                  </a>
                  {width !== undefined && <span className="text-quiet"> at {width} px</span>}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </main>
  );
}
