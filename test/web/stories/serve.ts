/** `npm run stories`: builds the gallery of every page in every state and serves it on this machine until Ctrl-C. */
import { buildStories } from '../support/built-stories.ts';

const { site, close } = await buildStories();
process.stdout.write(`stories ${site.url}\n`);
process.once('SIGINT', () => void close());
process.once('SIGTERM', () => void close());
