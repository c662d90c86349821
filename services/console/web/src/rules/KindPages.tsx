import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ruleKinds } from './kinds/kinds';
import { RuleSetPage } from './RuleSetPage';
import { SetsPage } from './SetsPage';

export const RoutingPage = (): ReactNode => <RuleSetPage kind={ruleKinds.routing} set="" />;
export const VerificationPage = (): ReactNode => <RuleSetPage kind={ruleKinds.verification} set="" />;
export const ReturnsPage = (): ReactNode => <RuleSetPage kind={ruleKinds.returns} set="" />;
export const PromisesPage = (): ReactNode => <SetsPage kind={ruleKinds.promises} to="/rules/promises/$set" />;
export const TemplatesPage = (): ReactNode => <SetsPage kind={ruleKinds.templates} to="/rules/templates/$set" />;

export const PromisePage = (): ReactNode => {
  const { set } = useParams({ from: '/rules/promises/$set' });
  return <RuleSetPage key={set} kind={ruleKinds.promises} set={set} />;
};

export const TemplatePage = (): ReactNode => {
  const { set } = useParams({ from: '/rules/templates/$set' });
  return <RuleSetPage key={set} kind={ruleKinds.templates} set={set} />;
};
