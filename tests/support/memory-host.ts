export * from '../../src/cli/conform/memory-host.ts';
