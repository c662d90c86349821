import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import type { FormKind } from './form-kind';
import { DraftingContext, type Drafting } from './drafting';
import { Fields } from './GroupEditor';
import { withValue } from './places';
import { draftShape } from './shape';
import './rule-form.css';

interface RuleFormProps {
  readonly kind: FormKind;
  readonly draft: unknown;
  readonly faults: Drafting['faults'];
  readonly onChange: (draft: unknown) => void;
}

/** A draft as a form: every field that its service knows, made from the service's own description of it. */
export const RuleForm = ({ kind, draft, faults, onChange }: RuleFormProps): ReactNode => {
  const fields = useMemo(() => draftShape(kind), [kind]);
  const wanted = useRef<readonly string[]>([]);
  useEffect(() => {
    const found = wanted.current.map((id) => document.getElementById(id)).find((each) => each && !each.matches(':disabled'));
    wanted.current = [];
    found?.focus();
  }, [draft]);
  const drafting: Drafting = {
    ...{ kind, draft, faults },
    put: (place, value, focus = []) => {
      wanted.current = focus;
      onChange(withValue(draft, place, value));
    },
  };
  return (
    <DraftingContext value={drafting}>
      <Fields fields={fields} place={[]} />
    </DraftingContext>
  );
};
