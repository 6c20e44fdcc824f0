import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';
import type { Env, Hono, Schema } from 'hono';
import { handle, type LambdaEvent } from 'hono/aws-lambda';
import { withStack } from './middleware.ts';

/** Serves an app behind an HTTP API (payload format 2.0). */
export function onHttp<E extends Env, S extends Schema>(app: Hono<E, S, string>) {
  const serve = handle(app);
  return withStack<APIGatewayProxyEventV2, APIGatewayProxyResultV2>(
    (event, context) =>
      serve(withoutIdleBody(event) as unknown as LambdaEvent, context) as Promise<APIGatewayProxyResultV2>,
  );
}

/** A body on a reading request means nothing (RFC 9110 §9.3.1), and `Request` refuses it: it is left out. */
function withoutIdleBody(event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 {
  const { body: _, ...rest } = event;
  return ['GET', 'HEAD'].includes(event.requestContext.http.method) ? rest : event;
}
