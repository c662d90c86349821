import type { ReactNode } from 'react';
import { GroupEditor } from './GroupEditor';
import { ListEditor } from './ListEditor';
import { NamesEditor } from './NamesEditor';
import { ScalarEditor, type EditorProps } from './ScalarEditor';

/** Whatever can be filled in, by its shape. */
export const FieldEditor = (props: EditorProps): ReactNode => {
  const { shape } = props;
  if (shape.kind === 'group') return <GroupEditor {...props} shape={shape} />;
  if (shape.kind === 'list') return <ListEditor {...props} shape={shape} />;
  if (shape.kind === 'names') return <NamesEditor {...props} shape={shape} />;
  return <ScalarEditor {...props} shape={shape} />;
};
