/** Hosts of the service on the simulated network. */
export const gatewayHost = 'agents.amsub0502.manage.microsoft.com';
export const contentHost = 'swdb02-mscdn.manage.microsoft.com';
/** Tells agents where their services are. */
export const locationHost = 'manage.microsoft.com';
/** Entra's device registration service. */
export const registrationHost = 'enterpriseregistration.windows.net';
export const mdmHost = 'r.manage.microsoft.com';
/** The Microsoft Store's catalogue and delivery, which Windows' package manager asks. */
export const storeHost = 'storeedgefd.dsp.mp.microsoft.com';
export const storeContentHost = 'tlu.dl.delivery.mp.microsoft.com';
