import { useQuery } from '@tanstack/react-query';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';

/** What may be asked, as the service has it: a question that it is given is here, too. */
export const useQuestions = () => {
  const { api } = useServices();
  return useQuery({ queryKey: ['questions'], queryFn: () => bodyOf(api.GET('/reporting/questions')) });
};
