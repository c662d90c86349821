import type { ReactNode } from 'react';

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
