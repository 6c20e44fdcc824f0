import { OpenAPIHono } from '@hono/zod-openapi';
import { ROUTES } from './route-list.ts';

/** The description of the API (OpenAPI 3.1), made of the schemas that check requests. */
export function toOpenApiDocument() {
  const { openAPIRegistry: registry, getOpenAPI31Document } = new OpenAPIHono();
  registry.registerComponent('securitySchemes', 'accessToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  for (const route of ROUTES) registry.registerPath(route);
  return getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Domain Collective',
      version: '1',
      description: 'All your domains, from every registrar, in one place. Read-only towards registrars.',
    },
    security: [{ accessToken: [] }],
  });
}

/** The document as it is kept beside this file. */
export function toOpenApiText(): string {
  return `${JSON.stringify(toOpenApiDocument(), null, 2)}\n`;
}
