/** Routes of the function that takes credentials in and away; a test holds them against the API's own list. */
export const INTAKE_ROUTES = [
  'POST /v1/integrations',
  'PUT /v1/integrations/{id}/credentials',
  'DELETE /v1/integrations/{id}',
  'DELETE /v1/account',
] as const;

/** The only routes without a token. */
export const OPEN_ROUTES = ['GET /v1/health', 'GET /v1/openapi.json'] as const;
