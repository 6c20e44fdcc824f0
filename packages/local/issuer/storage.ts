import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/** Sessions, grants and refresh tokens of the local issuer, in a file: a restart signs nobody out. */
export interface IssuerStorage {
  adapterFor(model: string): Adapter;
  close(): void;
}

const schema = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS entry (
    model TEXT NOT NULL, id TEXT NOT NULL, payload TEXT NOT NULL,
    grant_id TEXT, uid TEXT, user_code TEXT, expires_at INTEGER,
    PRIMARY KEY (model, id)
  );
  CREATE INDEX IF NOT EXISTS entry_by_grant ON entry (grant_id);
`;

/** Opens the storage in `<dataDir>/issuer`; entries that have expired are dropped at once. */
export function openIssuerStorage(dataDir: string): IssuerStorage {
  const db = new DatabaseSync(join(dataDir, 'issuer', 'sessions.db'));
  db.exec(schema);
  db.prepare('DELETE FROM entry WHERE expires_at < ?').run(now());
  const upsert = db.prepare('INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)');
  const byId = db.prepare('SELECT payload, expires_at FROM entry WHERE model = ? AND id = ?');
  const byUid = db.prepare('SELECT payload, expires_at FROM entry WHERE model = ? AND uid = ?');
  const byUserCode = db.prepare('SELECT payload, expires_at FROM entry WHERE model = ? AND user_code = ?');
  const remove = db.prepare('DELETE FROM entry WHERE model = ? AND id = ?');
  const removeGrant = db.prepare('DELETE FROM entry WHERE model = ? AND grant_id = ?');
  const consume = db.prepare(
    "UPDATE entry SET payload = json_set(payload, '$.consumed', ?) WHERE model = ? AND id = ?",
  );

  const read = (row: unknown): AdapterPayload | undefined => {
    const entry = row as { payload: string; expires_at: number | null } | undefined;
    if (!entry || (entry.expires_at !== null && entry.expires_at < now())) return undefined;
    return JSON.parse(entry.payload) as AdapterPayload;
  };

  return {
    adapterFor: (model) => ({
      async upsert(id, payload, expiresIn) {
        const { grantId = null, uid = null, userCode = null } = payload;
        const expiresAt = Number.isFinite(expiresIn) ? now() + expiresIn : null;
        upsert.run(model, id, JSON.stringify(payload), grantId, uid, userCode, expiresAt);
      },
      find: async (id) => read(byId.get(model, id)),
      findByUid: async (uid) => read(byUid.get(model, uid)),
      findByUserCode: async (code) => read(byUserCode.get(model, code)),
      async consume(id) {
        consume.run(now(), model, id);
      },
      async destroy(id) {
        remove.run(model, id);
      },
      async revokeByGrantId(grantId) {
        removeGrant.run(model, grantId);
      },
    }),
    close: () => db.close(),
  };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
