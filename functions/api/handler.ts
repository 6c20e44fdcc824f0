import { composeApi } from '#lambda/api.ts';
import { onHttp } from '#lambda/http.ts';

/** Serves every route of the API that needs no credential. */
export const handler = onHttp(composeApi());
