export * from '../../src/cli/conform/recorded-case.ts';
