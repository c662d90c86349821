import { useMutation } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { Refusal } from '../api/client';
import { useAnnounce } from '../frame/announcing';
import { useSpeech } from '../words/words';
import { save } from './save';

interface DownloadButtonProps {
  readonly fileName: string;
  readonly fetchFile: () => Promise<Blob>;
  /** Looks as a link, and is where j and k go. */
  readonly isRow?: boolean;
  readonly children: ReactNode;
}

/** Fetches a file and gives it to the reader; says why where that does not work. */
export const DownloadButton = ({ fileName, fetchFile, isRow = false, children }: DownloadButtonProps): ReactNode => {
  const { say } = useSpeech();
  const announce = useAnnounce();
  const { mutate, isPending, error } = useMutation({ mutationFn: fetchFile, onSuccess: (file) => save(file, fileName) });
  useEffect(() => {
    if (error) announce(error instanceof Refusal && error.message !== '' ? error.message : say('fault.other'));
  }, [error, announce, say]);
  const row = isRow ? { 'data-row': true } : {};
  return (
    <button type="button" className={isRow ? 'as-link' : 'button'} disabled={isPending} onClick={() => mutate()} {...row}>
      {children}
    </button>
  );
};
