import { useRouter } from '@tanstack/react-router';

/** Whether somebody has gone to another page already, which is not there yet: what they leave must not call them back. */
export const useIsLeaving = (): (() => boolean) => {
  const router = useRouter();
  return () => {
    const { resolvedLocation } = router.state;
    return resolvedLocation !== undefined && resolvedLocation.pathname !== router.latestLocation.pathname;
  };
};
