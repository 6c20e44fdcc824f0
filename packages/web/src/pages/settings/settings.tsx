import { Page } from '../../ui/page.tsx';
import { Appearance } from './appearance.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { ExportEverything } from './export-everything.tsx';
import { Section } from './section.tsx';
import { Threshold } from './threshold.tsx';

/** How the app looks and behaves, and what happens to the data. */
export function SettingsPage() {
  return (
    <Page title="Settings">
      <div className="flex max-w-3xl flex-col gap-8">
        <Section title="Appearance">
          <Appearance />
          <Threshold />
        </Section>
        <Section title="Data">
          <ExportEverything />
          <DeleteAccount />
        </Section>
      </div>
    </Page>
  );
}
