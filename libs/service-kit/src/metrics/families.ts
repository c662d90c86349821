import type { MetricObject, Registry } from 'prom-client';

/** A metric as Prometheus sees it: what it is called, and by which labels its series differ. */
export interface Family {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  readonly help: string;
  readonly labels: readonly string[];
}

const labelsOf = (metric: MetricObject): readonly string[] =>
  'labelNames' in metric && Array.isArray(metric.labelNames) ? metric.labelNames.map(String) : [];

/** prom-client names the type as Prometheus does; its own declarations say that it is a number. */
const typeOf = (metric: MetricObject): Family['type'] => {
  const type = String(metric.type);
  if (type === 'counter' || type === 'gauge' || type === 'histogram' || type === 'summary') return type;
  throw new Error(`${metric.name} is of a type that is not known here: ${type}.`);
};

export const familiesOf = (registry: Registry): readonly Family[] =>
  registry.getMetricsAsArray().map((metric) => ({ name: metric.name, type: typeOf(metric), help: metric.help, labels: labelsOf(metric) }));

/** The series of a family, by name, and their labels. */
export const seriesOf = ({ name, type, labels }: Family): readonly (readonly [name: string, labels: readonly string[]])[] => {
  const sums = [`${name}_sum`, `${name}_count`].map((each) => [each, labels] as const);
  if (type === 'histogram') return [[`${name}_bucket`, [...labels, 'le']], ...sums];
  return type === 'summary' ? [[name, [...labels, 'quantile']], ...sums] : [[name, labels]];
};
