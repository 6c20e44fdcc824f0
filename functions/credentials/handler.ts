import { composeIntakeApi } from '#lambda/api.ts';
import { onHttp } from '#lambda/http.ts';

/** Serves the routes that take credentials in or away: the only function that can seal them, and it can't open them. */
export const handler = onHttp(composeIntakeApi());
