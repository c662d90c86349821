import { useParams } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { FieldWords } from './forms/FieldWords';
import { ruleKinds } from './kinds/kinds';
import { NewPriceListDialog } from './NewPriceListDialog';
import { NewSetDialog } from './NewSetDialog';
import { RuleSetPage } from './RuleSetPage';
import { SetsPage } from './SetsPage';

const RuleSet = (props: ComponentProps<typeof RuleSetPage>): ReactNode => (
  <FieldWords>
    <RuleSetPage {...props} />
  </FieldWords>
);

export const RoutingPage = (): ReactNode => <RuleSet kind={ruleKinds.routing} set="" />;
export const VerificationPage = (): ReactNode => <RuleSet kind={ruleKinds.verification} set="" />;
export const ReturnsPage = (): ReactNode => <RuleSet kind={ruleKinds.returns} set="" />;
export const CarriersPage = (): ReactNode => <RuleSet kind={ruleKinds.carriers} set="" />;
export const PromisesPage = (): ReactNode => <SetsPage kind={ruleKinds.promises} to="/rules/promises/$set" New={NewSetDialog} />;
export const PricesPage = (): ReactNode => <SetsPage kind={ruleKinds.prices} to="/rules/prices/$set" New={NewPriceListDialog} />;
export const TemplatesPage = (): ReactNode => <SetsPage kind={ruleKinds.templates} to="/rules/templates/$set" />;

export const PromisePage = (): ReactNode => {
  const { set } = useParams({ from: '/rules/promises/$set' });
  return <RuleSet key={set} kind={ruleKinds.promises} set={set} />;
};

export const PriceListPage = (): ReactNode => {
  const { set } = useParams({ from: '/rules/prices/$set' });
  return <RuleSet key={set} kind={ruleKinds.prices} set={set} />;
};

export const TemplatePage = (): ReactNode => {
  const { set } = useParams({ from: '/rules/templates/$set' });
  return <RuleSet key={set} kind={ruleKinds.templates} set={set} />;
};
