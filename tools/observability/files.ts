import { business } from './business';
import { grafanaJson } from './dashboard';
import { metricsPage } from './metrics-page';
import { platform } from './platform';

export const dashboards = [platform, business] as const;

/** What is generated here, by file. */
export const observabilityFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ...dashboards.map((each) => [`deploy/observability/dashboards/${each.uid}.json`, grafanaJson(each)] as const),
    ['docs/reference/metrics.md', metricsPage()],
  ]);
