/** Units as Grafana calls them; `none` is a plain number. */
export type Unit = 'none' | 's' | 'bytes' | 'percentunit' | 'reqps' | 'ops';

/** One query, and how its series are called: `{{label}}` for what they differ by. */
export interface Query {
  readonly expr: string;
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  /** What it shows and when to worry, for whoever sees it for the first time. */
  readonly about: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly about: string;
  /** Whether a service can be chosen: then every query that can be asked of one holds `service=~"$service"`. */
  readonly byService: boolean;
  readonly rows: readonly Row[];
}

const [ACROSS, HEIGHT] = [24, 7];
const datasource = { type: 'prometheus', uid: '${datasource}' };

const fieldConfig = (unit: Unit) => ({
  defaults: { unit, min: 0, custom: { drawStyle: 'line', lineWidth: 1, fillOpacity: 8, showPoints: 'never', spanNulls: false } },
  overrides: [],
});

const targetOf = ({ expr, legend }: Query, n: number) => ({
  ...{ refId: String.fromCharCode(65 + n), datasource, expr, legendFormat: legend, range: true },
});

const panelOf = ({ title, about, unit, queries }: Panel, gridPos: Readonly<Record<string, number>>, id: number) => ({
  ...{ id, type: 'timeseries', title, description: about, datasource, gridPos, fieldConfig: fieldConfig(unit) },
  options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
  targets: queries.map(targetOf),
});

/** At most four beside each other. */
const widthIn = ({ panels }: Row): number => ACROSS / Math.min(4, Math.max(2, panels.length));

const linesOf = (row: Row): number => Math.ceil((row.panels.length * widthIn(row)) / ACROSS);

interface Placed {
  readonly y: number;
  readonly panels: readonly object[];
}

/** Below what is placed: its title, then its panels, as many in a line as fit. */
const placed = ({ y, panels }: Placed, row: Row): Placed => {
  const w = widthIn(row);
  const perLine = ACROSS / w;
  const title = {
    id: panels.length + 1,
    type: 'row',
    title: row.title,
    collapsed: false,
    gridPos: { x: 0, y, w: ACROSS, h: 1 },
    panels: [],
  };
  const below = row.panels.map((panel, n) =>
    panelOf(panel, { x: (n % perLine) * w, y: y + 1 + Math.floor(n / perLine) * HEIGHT, w, h: HEIGHT }, panels.length + 2 + n),
  );
  return { y: y + 1 + linesOf(row) * HEIGHT, panels: [...panels, title, ...below] };
};

const variables = (byService: boolean) => [
  { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' },
  ...(byService
    ? [
        {
          ...{ name: 'service', label: 'Service', type: 'query', datasource, query: 'label_values(cartage_dead_letters, service)' },
          ...{ refresh: 2, multi: true, includeAll: true, allValue: '.*', current: { text: 'All', value: '$__all' } },
        },
      ]
    : []),
];

/** As Grafana reads it from a file. */
export const grafanaJson = ({ uid, title, about, byService, rows }: Dashboard): string => {
  const start: Placed = { y: 0, panels: [] };
  const { panels } = rows.reduce(placed, start);
  const dashboard = {
    ...{ uid, title, description: about, tags: ['cartage'], editable: false, schemaVersion: 39, version: 1, refresh: '30s' },
    ...{ time: { from: 'now-6h', to: 'now' }, timezone: 'browser', templating: { list: variables(byService) }, panels },
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
};

/** Every replica reads the same tables: the largest of what they say is what is so. */
export const most = (by: string, series: string, more = ''): Panel['queries'][number] => ({
  expr: `max by (${by}) (${series})${more}`,
  legend: by
    .split(', ')
    .map((label) => `{{${label}}}`)
    .join(' '),
});
