import { ENV } from '#core/env.ts';
import { createCredentialStore } from '#store/credentials.ts';
import { createDynamoRows } from '#store/dynamo-rows.ts';
import { createStores } from '#store/stores.ts';
import { CREDENTIALS_TABLE, PORTFOLIO_TABLE } from '#store/table.ts';
import { createDynamoClient } from './clients.ts';
import { systemClock } from './clock.ts';
import { readEnv } from './env.ts';

/** The stores of the portfolio table. */
export function openStores() {
  const tableName = readEnv(ENV.portfolioTable)[ENV.portfolioTable];
  const portfolio = createDynamoRows({ client: createDynamoClient(), tableName, form: PORTFOLIO_TABLE });
  return createStores({ portfolio, clock: systemClock });
}

/** The store of sealed credentials, for the functions that have a right to it. */
export function openCredentialStore() {
  const tableName = readEnv(ENV.credentialsTable)[ENV.credentialsTable];
  return createCredentialStore(
    createDynamoRows({ client: createDynamoClient(), tableName, form: CREDENTIALS_TABLE }),
    systemClock.now,
  );
}
