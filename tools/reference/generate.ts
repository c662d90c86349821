// Writes docs/reference: settings, metrics (and the dashboards that show them), and tables, these from a Cartage that it starts on a database of its own for the purpose.
import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@cartage/embedded';
import { services } from '@cartage/embedded/services';
import { Pool } from 'pg';
import { observabilityFiles } from '../observability/files';
import { writeApiTypes } from '../console/api-types';
import { entranceConf } from '../deploy/entrance-conf';
import { plannedServices } from '../distributed/plan';
import { psqlScript } from '../roles/sql';
import type { KafkaUse } from '@cartage/messaging';
import { namesOf, tablesOf } from './catalogue';
import { kafkaAccessPage, kafkaUses } from './kafka-access-page';
import { reportingPage } from './reporting-page';
import { settingsPage } from './settings-page';
import { tablesPage } from './tables-page';

interface Running {
  readonly tables: string;
  readonly reporting: string;
  readonly uses: readonly KafkaUse[];
}

const withTables = async (folder: string): Promise<Running> => {
  const switches = { AUDIT_ENABLED: 'true', REPORTING_ENABLED: 'true', SUBSCRIPTIONS_ENABLED: 'true' };
  const system = await startEmbedded({ CARTAGE_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...switches }, console.log);
  const pool = new Pool({ connectionString: system.databaseUrl });
  try {
    const [tables, names] = [await tablesOf(pool, services), await namesOf(pool)];
    await writeApiTypes(system.url);
    return { tables: tablesPage(services, tables), reporting: reportingPage(names), uses: system.uses };
  } finally {
    await pool.end();
    await system.close();
  }
};

const main = async (): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cartage-reference-'));
  // Postgres runs as another user where we are root.
  chmodSync(folder, 0o755);
  try {
    writeFileSync('docs/reference/settings.md', settingsPage());
    writeFileSync('deploy/compose/roles.sql', psqlScript(services, 'cartage_'));
    writeFileSync('deploy/compose/entrance.conf', entranceConf(plannedServices));
    for (const [file, content] of observabilityFiles()) writeFileSync(file, content);
    const { tables, reporting, uses } = await withTables(folder);
    writeFileSync('docs/reference/tables.md', tables);
    writeFileSync('docs/reference/reporting.md', reporting);
    writeFileSync('docs/reference/kafka-access.json', kafkaUses(uses));
    writeFileSync('docs/reference/kafka-access.md', kafkaAccessPage(uses));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    'Wrote the settings, metrics, tables, Kafka’s rules and data dictionary of docs/reference, deploy/compose/roles.sql, deploy/observability/dashboards, and the types of the console.',
  );
};

void main();
