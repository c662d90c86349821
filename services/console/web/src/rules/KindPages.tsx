import { useParams } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';
import { FieldWords } from './forms/FieldWords';
import { ruleKinds } from './kinds/kinds';
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
export const PromisesPage = (): ReactNode => <SetsPage kind={ruleKinds.promises} to="/rules/promises/$set" />;
export const TemplatesPage = (): ReactNode => <SetsPage kind={ruleKinds.templates} to="/rules/templates/$set" />;

export const PromisePage = (): ReactNode => {
  const { set } = useParams({ from: '/rules/promises/$set' });
  return <RuleSet key={set} kind={ruleKinds.promises} set={set} />;
};

export const TemplatePage = (): ReactNode => {
  const { set } = useParams({ from: '/rules/templates/$set' });
  return <RuleSet key={set} kind={ruleKinds.templates} set={set} />;
};
