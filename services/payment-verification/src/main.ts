import 'reflect-metadata';
import { start } from '@cartage/service-kit';
import { paymentVerificationService } from './payment-verification.module';

void start(paymentVerificationService);
