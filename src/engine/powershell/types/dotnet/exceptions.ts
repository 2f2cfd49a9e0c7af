import { DotNetType } from '../dotnet-type.ts';
import { exceptionType } from '../error-record.ts';

/** Exception types, derived below base, as `base: names`. Namespaces are written once per line. */
const table = `
System.Exception: System.SystemException System.ApplicationException System.AggregateException System.TimeoutException System.UriParserException System.Net.Http.HttpRequestException System.Threading.Tasks.TaskSchedulerException System.IO.InvalidDataException_
System.SystemException: System.ArgumentException System.ArithmeticException System.ArrayTypeMismatchException System.BadImageFormatException System.FormatException System.IndexOutOfRangeException System.InvalidCastException System.InvalidOperationException System.MemberAccessException System.NotImplementedException System.NotSupportedException System.NullReferenceException System.OperationCanceledException System.OutOfMemoryException System.RankException System.StackOverflowException System.TypeLoadException System.UnauthorizedAccessException System.IO.IOException System.IO.InvalidDataException System.Collections.Generic.KeyNotFoundException System.Security.SecurityException System.Security.Cryptography.CryptographicException System.Xml.XmlException System.Xml.XPath.XPathException System.Runtime.InteropServices.ExternalException System.ComponentModel.WarningException System.TimeZoneNotFoundException System.Management.Automation.RuntimeException System.Security.Principal.IdentityNotMappedException System.Reflection.AmbiguousMatchException System.Management.ManagementException System.Data.DataException System.ServiceProcess.TimeoutException System.AccessViolationException System.AppDomainUnloadedException System.CannotUnloadAppDomainException System.ExecutionEngineException System.MulticastNotSupportedException System.TypeInitializationException System.TypeUnloadedException
System.ApplicationException: System.Reflection.TargetInvocationException System.Reflection.TargetParameterCountException System.Threading.WaitHandleCannotBeOpenedException
System.ArgumentException: System.ArgumentNullException System.ArgumentOutOfRangeException System.DuplicateWaitObjectException System.Globalization.CultureNotFoundException System.Text.DecoderFallbackException System.Text.EncoderFallbackException System.Text.RegularExpressions.RegexParseException System.ComponentModel.InvalidEnumArgumentException
System.TimeoutException: System.Text.RegularExpressions.RegexMatchTimeoutException
System.ArithmeticException: System.DivideByZeroException System.NotFiniteNumberException System.OverflowException
System.FormatException: System.UriFormatException
System.InvalidOperationException: System.ObjectDisposedException System.Net.WebException System.Net.NetworkInformation.PingException Microsoft.PowerShell.Commands.WebCmdletException_ Microsoft.PowerShell.Commands.ServiceCommandException_
System.MemberAccessException: System.FieldAccessException System.MethodAccessException System.MissingMemberException
System.MissingMemberException: System.MissingFieldException System.MissingMethodException
System.NotSupportedException: System.PlatformNotSupportedException
System.OperationCanceledException: System.Threading.Tasks.TaskCanceledException
System.OutOfMemoryException: System.InsufficientMemoryException
System.TypeLoadException: System.DllNotFoundException System.EntryPointNotFoundException
System.IO.IOException: System.IO.DirectoryNotFoundException System.IO.FileNotFoundException System.IO.DriveNotFoundException System.IO.EndOfStreamException System.IO.FileLoadException System.IO.PathTooLongException
System.Runtime.InteropServices.ExternalException: System.Runtime.InteropServices.COMException System.ComponentModel.Win32Exception System.Runtime.InteropServices.SEHException
System.ComponentModel.Win32Exception: System.Net.Sockets.SocketException System.Net.HttpListenerException
System.Net.Http.HttpRequestException: Microsoft.PowerShell.Commands.HttpResponseException
System.Management.Automation.RuntimeException: System.Management.Automation.ActionPreferenceStopException System.Management.Automation.ApplicationFailedException System.Management.Automation.CmdletInvocationException System.Management.Automation.CommandNotFoundException System.Management.Automation.ExtendedTypeSystemException System.Management.Automation.IncompleteParseException_ System.Management.Automation.MetadataException System.Management.Automation.MethodInvocationException_ System.Management.Automation.ParameterBindingException System.Management.Automation.ParseException System.Management.Automation.PipelineStoppedException System.Management.Automation.PSArgumentException_ System.Management.Automation.PSInvalidCastException_ System.Management.Automation.RemoteException System.Management.Automation.ScriptCallDepthException System.Management.Automation.SessionStateException System.Management.Automation.WildcardPatternException System.Management.Automation.ParentContainsErrorRecordException_ System.Management.Automation.ScriptRequiresException System.Management.Automation.HaltCommandException System.Management.Automation.PSSecurityException System.Management.Automation.PropertyNotFoundException_ Microsoft.PowerShell.Commands.WriteErrorException_ Microsoft.PowerShell.Commands.HelpNotFoundException
System.Management.Automation.ExtendedTypeSystemException: System.Management.Automation.GetValueException System.Management.Automation.MethodException System.Management.Automation.SetValueException System.Management.Automation.PropertyNotFoundException
System.Management.Automation.GetValueException: System.Management.Automation.GetValueInvocationException
System.Management.Automation.SetValueException: System.Management.Automation.SetValueInvocationException
System.Management.Automation.MethodException: System.Management.Automation.MethodInvocationException
System.Management.Automation.MetadataException: System.Management.Automation.ArgumentTransformationMetadataException System.Management.Automation.ValidationMetadataException System.Management.Automation.ParsingMetadataException
System.Management.Automation.ParameterBindingException: System.Management.Automation.ParameterBindingArgumentTransformationException System.Management.Automation.ParameterBindingValidationException System.Management.Automation.ParameterBindingParameterDefaultValueException
System.Management.Automation.ParseException: System.Management.Automation.IncompleteParseException
System.Management.Automation.SessionStateException: System.Management.Automation.DriveNotFoundException System.Management.Automation.ItemNotFoundException System.Management.Automation.PSDriveNotFoundException_ System.Management.Automation.ProviderNotFoundException System.Management.Automation.SessionStateOverflowException System.Management.Automation.SessionStateUnauthorizedAccessException
System.InvalidCastException: System.Management.Automation.PSInvalidCastException
System.InvalidOperationException: System.Management.Automation.PSInvalidOperationException
System.ArgumentException: System.Management.Automation.PSArgumentException
System.ArgumentNullException: System.Management.Automation.PSArgumentNullException
System.ArgumentOutOfRangeException: System.Management.Automation.PSArgumentOutOfRangeException
System.NotImplementedException: System.Management.Automation.PSNotImplementedException
System.NotSupportedException: System.Management.Automation.PSNotSupportedException
System.SystemException: System.Management.Automation.ParentContainsErrorRecordException Microsoft.PowerShell.Commands.ServiceCommandException Microsoft.PowerShell.Commands.ProcessCommandException
System.Exception: Microsoft.PowerShell.Commands.WriteErrorException Microsoft.PowerShell.Cmdletization.Cim.CimJobException System.Diagnostics.Eventing.Reader.EventLogException Microsoft.PowerShell.Commands.UserNotFoundException Microsoft.PowerShell.Commands.GroupNotFoundException Microsoft.Management.Infrastructure.CimException Microsoft.PowerShell.CommandNotFoundException_
`;

/** Every exception type known, by full name. */
export const exceptionTypes: ReadonlyMap<string, DotNetType> = (() => {
  const types = new Map<string, DotNetType>([['System.Exception', exceptionType]]);
  for (const line of table.trim().split('\n')) {
    const [base, names] = line.split(': ') as [string, string];
    for (const fullName of names.split(' ')) {
      if (fullName.endsWith('_')) continue;
      const baseType = types.get(base);
      if (!baseType) throw new Error(`Exception table out of order: ${base}`);
      types.set(fullName, new DotNetType({ fullName, baseType }));
    }
  }
  return types;
})();

export function exceptionTypeNamed(fullName: string): DotNetType {
  const type = exceptionTypes.get(fullName);
  if (!type) throw new Error(`Unknown exception type ${fullName}`);
  return type;
}
