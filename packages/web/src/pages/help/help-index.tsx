import { Link } from '@tanstack/react-router';
import { Keyboard } from 'lucide-react';
import { useApp } from '../../app-context.ts';
import { openOverlay } from '../../shell/shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { ExternalLink } from '../../ui/external-link.tsx';
import { HELP_PAGES, type HelpPageId } from './pages.ts';

const IDS = Object.keys(HELP_PAGES) as HelpPageId[];
const BOX = 'rounded-card border border-line bg-card p-5 shadow-card';

/** All help pages with what is in them, support, and the keys of the app. */
export function HelpIndex() {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[2fr_1fr]">
      <ul className="flex flex-col gap-3">
        {IDS.map((id) => (
          <li key={id} className={BOX}>
            <h2 className="text-lg font-semibold">
              <Link to="/help/$page" params={{ page: id }} className="link">
                {HELP_PAGES[id].title}
              </Link>
            </h2>
            <p className="mt-1 text-quiet">{HELP_PAGES[id].about}</p>
          </li>
        ))}
      </ul>
      <div className="flex flex-col gap-6">
        <Support />
        <section aria-labelledby="help-keyboard" className={BOX}>
          <h2 id="help-keyboard" className="text-lg font-semibold">
            Keyboard
          </h2>
          <p className="mt-1 mb-4 text-quiet">Everything can be done by keyboard. Some keys do it faster.</p>
          <Button icon={<Keyboard aria-hidden className="size-4" />} onClick={() => openOverlay('shortcuts')}>
            Keyboard shortcuts
          </Button>
        </section>
      </div>
    </div>
  );
}

/** What support wants to know (R73), and where it is. */
function Support() {
  const { config } = useApp();
  return (
    <section aria-labelledby="help-support" className={BOX}>
      <h2 id="help-support" className="text-lg font-semibold">
        Getting Help
      </h2>
      <p className="mt-1">Check the error message on the integration card first. Contact support with:</p>
      <ul className="my-2 list-disc space-y-1 pl-6 marker:text-quiet">
        <li>Registrar name</li>
        <li>Error message (screenshot helpful)</li>
        <li>Approximate time of error</li>
      </ul>
      <p className="text-quiet">“Copy details” on the card copies all three.</p>
      <p className="mt-3">
        {config.supportUrl === undefined ? (
          'Support is whoever runs this deployment for you.'
        ) : (
          <ExternalLink href={config.supportUrl}>Contact support</ExternalLink>
        )}
      </p>
    </section>
  );
}
