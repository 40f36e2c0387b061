namespace AudioEmotionXai.Tests.Architecture;

/// <summary>One type of the library names another in a signature, a body or an attribute.</summary>
/// <param name="User">The full name of the type whose code it is.</param>
/// <param name="UserNamespace">Its namespace.</param>
/// <param name="UsedNamespace">The namespace of what is named.</param>
/// <param name="Used">The full name of what is named.</param>
internal sealed record TypeUse(string User, string UserNamespace, string UsedNamespace, string Used);
