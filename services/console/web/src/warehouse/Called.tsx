import type { ReactNode } from 'react';
import { Title } from '../items/Title';

interface CalledProps {
  readonly of: { readonly sku: string; readonly title?: string | undefined; readonly description?: string | undefined };
}

/** Goods by their SKU, and by what they are called: in the catalogue, or else as they were sold. */
export const Called = ({ of: { sku, title, description } }: CalledProps): ReactNode => {
  const called = title ?? description;
  return (
    <>
      <bdi className="code">{sku}</bdi> {called !== undefined && <bdi className="quiet">{called}</bdi>}
    </>
  );
};

interface CalledAmongProps {
  readonly sku: string;
  readonly goods: readonly CalledProps['of'][];
}

/** The same where a SKU stands alone: as it is called among these goods, or else in the catalogue. */
export const CalledAmong = ({ sku, goods }: CalledAmongProps): ReactNode => {
  const known = goods.find((each) => each.sku === sku);
  if (known?.title !== undefined || known?.description !== undefined) return <Called of={known} />;
  return (
    <>
      <bdi className="code">{sku}</bdi>
      <Title sku={sku} />
    </>
  );
};
