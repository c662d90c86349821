import type { ReactNode } from 'react';
import { useTitle } from './useTitle';
import './items.css';

/** What a SKU is called, behind it. */
export const Title = ({ sku }: { readonly sku: string }): ReactNode => {
  const title = useTitle(sku);
  if (typeof title !== 'string') return null;
  return (
    <>
      {' '}
      <bdi className="quiet item-title">{title}</bdi>
    </>
  );
};
