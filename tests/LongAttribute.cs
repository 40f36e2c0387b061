using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace AudioEmotionXai;

/// <summary>
/// A test or a fixture that is too slow for every change: it is of the category Long, and runs only where the environment variable
/// <c>AEXAI_LONG</c> is <c>true</c>, whatever a filter selects. <c>dotnet test -c Release -p:Long=true</c> sets it.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class LongAttribute : NUnitAttribute, IApplyToTest
{
    public void ApplyToTest(Test test)
    {
        test.Properties.Add(PropertyNames.Category, "Long");
        if (Environment.GetEnvironmentVariable("AEXAI_LONG") == "true" || test.RunState != RunState.Runnable)
            return;
        test.RunState = RunState.Skipped;
        test.Properties.Set(PropertyNames.SkipReason, "runs with -p:Long=true only");
    }
}
