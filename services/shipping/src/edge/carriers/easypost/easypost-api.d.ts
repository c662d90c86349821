/** As much of the client as is used here; its own types say `any` of every answer. */
declare module '@easypost/api' {
  export default class EasyPostClient {
    constructor(key: string, options?: { readonly baseUrl?: string; readonly timeout?: number });
    makeApiCall(method: 'get' | 'post', endpoint: string, params?: object): Promise<unknown>;
  }
}
