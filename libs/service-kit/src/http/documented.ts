import { ApiHeader, type ApiHeaderOptions } from '@nestjs/swagger';

/** A parameter decorator that reads a header, so that the header stands in the document, too. */
export const documented =
  (parameter: () => ParameterDecorator, options: ApiHeaderOptions) => (): ParameterDecorator => (target, key, index) => {
    parameter()(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) ApiHeader(options)(target, key, descriptor);
  };
