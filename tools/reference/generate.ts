// Writes docs/reference: settings, metrics (and the dashboards that show them), and tables, these from a Cartage that it starts on a database of its own for the purpose.
import { writeFileSync } from 'node:fs';
import { startEmbedded, type Embedded } from '@cartage/embedded';
import { services } from '@cartage/embedded/services';
import { Pool } from 'pg';
import { runInterruptible, unlessInterrupted, withFolder } from '../simulator/interruptible';
import { requireNone } from '../client/program';
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

const shownBy = async (system: Embedded): Promise<Running> => {
  const pool = new Pool({ connectionString: system.databaseUrl });
  try {
    const [tables, names] = [await tablesOf(pool, services), await namesOf(pool)];
    await writeApiTypes(system.url);
    return { tables: tablesPage(services, tables), reporting: reportingPage(names), uses: system.uses };
  } finally {
    await pool.end();
  }
};

const running = async (folder: string, signal: AbortSignal): Promise<Running> => {
  const switches = { AUDIT_ENABLED: 'true', REPORTING_ENABLED: 'true', SUBSCRIPTIONS_ENABLED: 'true' };
  const system = await startEmbedded({ CARTAGE_DIR: folder, PORT: '0', LOG_LEVEL: 'silent', ...switches }, console.log);
  return unlessInterrupted(shownBy(system), signal).finally(() => system.close());
};

const usage = 'Usage: npm run reference';

const main = async (signal: AbortSignal): Promise<number> => {
  requireNone(process.argv.slice(2), usage);
  writeFileSync('docs/reference/settings.md', settingsPage());
  writeFileSync('deploy/compose/roles.sql', psqlScript(services, 'cartage_'));
  writeFileSync('deploy/compose/entrance.conf', entranceConf(plannedServices));
  for (const [file, content] of observabilityFiles()) writeFileSync(file, content);
  const { tables, reporting, uses } = await withFolder(false, (folder) => running(folder, signal));
  writeFileSync('docs/reference/tables.md', tables);
  writeFileSync('docs/reference/reporting.md', reporting);
  writeFileSync('docs/reference/kafka-access.json', kafkaUses(uses));
  writeFileSync('docs/reference/kafka-access.md', kafkaAccessPage(uses));
  console.log(
    'Wrote the settings, metrics, tables, Kafka’s rules and data dictionary of docs/reference, deploy/compose/roles.sql, deploy/observability/dashboards, and the types of the console.',
  );
  return 0;
};

runInterruptible(usage, main);
