/** Where a system keeps the OpenAPI file that it was asked to serve. */
export const CONTRACT_FILE = 'contract/openapi.yaml'
