import { createContext, useContext } from 'react';
import type { OrderNumbers } from '../orders/numbers';
import type { Api, Credentials } from './client';

/** The services, and how requests to them show who asks. */
export interface Services {
  readonly api: Api;
  readonly credentials: Credentials;
  readonly numbers: OrderNumbers;
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export const useServices = (): Services => {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('Nobody said where the services are.');
  return services;
};
