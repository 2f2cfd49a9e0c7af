/** Kind of the queue entry of a restart that a program asked for: Windows goes down when it is due. */
export const restartEntry = 'windows.restart';
/** Kind of the queue entry of a start of a service: after a stop, or as a recovery action. */
export const startServiceEntry = 'windows.service.start';
