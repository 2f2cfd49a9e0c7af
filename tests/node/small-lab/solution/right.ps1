'kept'
