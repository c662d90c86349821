import type { ReactNode } from 'react';
import { useSpeech } from '../words/words';
import { piecesOf } from './mentions';

/** What somebody wrote, with whom it speaks to; nothing of it is left once the person that the order is of was erased. */
export const Written = ({ text }: { readonly text: string | null }): ReactNode => {
  const { say } = useSpeech();
  if (text === null) return <>{say('order.note.erased')}</>;
  return (
    <bdi>
      {piecesOf(text).map((piece, at) =>
        piece.isMention ? (
          <strong key={at} className="mention">
            {piece.text}
          </strong>
        ) : (
          piece.text
        ),
      )}
    </bdi>
  );
};
