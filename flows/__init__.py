"""When things run, and all network: Prefect flows, the steps they call, and the command line."""
