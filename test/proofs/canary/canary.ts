import { startSystem } from '#test/support/running-system.ts';
import { atLeast, exactly, type Group, told } from '../../figures/figure.ts';
import { type Canaries, makeCanaries, valuesOf } from './canaries.ts';
import { searchDeployed } from './deployed.ts';
import { createSearcher, toForms } from './forms.ts';
import { useInBrowser } from './page.ts';
import { plantAndRead } from './plant.ts';
import { readSinks, type SinkName } from './sinks.ts';
import { useCanaries } from './use.ts';

const LEAST_FORMS = 8;
const LEAST_SECRETS = 20;

/** The figure of each place, by its whole name: docs/security.md names them. */
const FIGURES: Readonly<Record<SinkName, string>> = {
  output: 'canary.output',
  answers: 'canary.answers',
  logs: 'canary.logs',
  states: 'canary.states',
  queues: 'canary.queues',
  files: 'canary.files',
  rows: 'canary.rows',
};

/**
 * Credentials that can be told from all else go through good and refused syncs of the running system, whose registrars
 * give them back; then everything that it left is searched. The controls are leaks planted in each of these places.
 */
export const canary: Group = {
  name: 'canary',
  about: 'places in which credentials turn up, in any of their forms; planted ones are found',
  async measure(tell) {
    const { found, planted: plantedThere, bytes } = await searchDeployed();
    if (bytes === 0) throw new Error('nothing would be deployed');
    tell(exactly('canary.deployed', found, 0, { value: plantedThere, caught: plantedThere > 0 }));
    const system = await startSystem();
    try {
      const [good, ...refused] = [makeCanaries(), makeCanaries(), makeCanaries()];
      const secrets = [good, ...refused].flatMap(valuesOf);
      const answers = await useCanaries(system, good, refused);
      const planted = good.gandi.apiToken ?? '';
      const held = await useInBrowser(system, refused[0] as Canaries, planted);
      await system.kill();

      const searcher = createSearcher(secrets);
      const sinks = await readSinks(system.dataDir, system.output(), answers);
      const leaking = await plantAndRead(system.dataDir, planted);
      tell(atLeast('canary.secrets', secrets.length, LEAST_SECRETS));
      tell(atLeast('canary.forms', searcher.forms, LEAST_FORMS));
      tell(
        told(
          'canary.bytes',
          Object.values(sinks).reduce((sum, bytes) => sum + bytes.length, 0),
        ),
      );
      const seen = searcher.count(held.planted);
      tell(exactly('canary.browser', searcher.count(held.used), 0, { value: seen, caught: seen > 0 }));
      for (const [name, figure] of Object.entries(FIGURES) as [SinkName, string][]) {
        if (sinks[name].length === 0) throw new Error(`nothing was read of ${name}`);
        const value = searcher.count(leaking[name]);
        const caught = value >= toForms(planted).length;
        tell(exactly(figure, searcher.count(sinks[name]), 0, { value, caught }));
      }
    } finally {
      await system.stop();
    }
  },
};
