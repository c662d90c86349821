import { parser } from '@prometheus-io/lezer-promql';

type SyntaxNode = ReturnType<typeof parser.parse>['topNode'];

/** What an expression asks for. */
export interface Asked {
  /** Each metric, with the labels that it is chosen by, and those that aggregations above it group by. */
  readonly series: readonly { readonly name: string; readonly labels: readonly string[] }[];
  /** Labels of the answer, where an aggregation says which; else nothing: it has all that the metric has. */
  readonly grouped: readonly string[] | undefined;
}

/** Grafana's own variables stand where PromQL wants a duration. */
const plain = (expr: string): string => expr.replaceAll('$__rate_interval', '5m');

const nodesIn = (node: SyntaxNode, wanted: string): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  node.cursor().iterate((each) => {
    if (each.name === wanted) found.push(each.node);
  });
  return found;
};

const above = (node: SyntaxNode, wanted: string): readonly SyntaxNode[] => {
  const parent = node.parent;
  if (!parent) return [];
  return [...(parent.name === wanted ? [parent] : []), ...above(parent, wanted)];
};

/** Refuses what Prometheus would refuse. */
export const askedIn = (expr: string): Asked => {
  const text = plain(expr);
  const { topNode } = parser.parse(text);
  const read = ({ from, to }: SyntaxNode): string => text.slice(from, to);
  topNode.cursor().iterate(({ type, from }) => {
    if (type.isError) throw new Error(`This is no PromQL at character ${from}: ${text}`);
  });
  const groupsOf = (aggregate: SyntaxNode): readonly string[] => {
    const modifier = aggregate.getChild('AggregateModifier');
    return modifier?.getChild('By') ? nodesIn(modifier, 'LabelName').map(read) : [];
  };
  const series = nodesIn(topNode, 'VectorSelector').map((selector) => ({
    name: nodesIn(selector, 'Identifier').map(read).join(),
    labels: [...nodesIn(selector, 'LabelName').map(read), ...above(selector, 'AggregateExpr').flatMap(groupsOf)],
  }));
  const outermost = nodesIn(topNode, 'AggregateExpr').filter((each) => above(each, 'AggregateExpr').length === 0);
  const first = outermost.find((each) => each.getChild('AggregateModifier')) ?? outermost[0];
  const inner = first && groupsOf(first).length === 0 && /^(topk|bottomk)/.test(read(first)) ? nodesIn(first, 'AggregateExpr')[1] : first;
  return { series, grouped: inner ? groupsOf(inner) : undefined };
};
