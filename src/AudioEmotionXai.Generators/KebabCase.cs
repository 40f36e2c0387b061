using System.Text;

namespace AudioEmotionXai.Generators;

/// <summary>C# names as the command line writes them: <c>GaussLegendre</c> is <c>gauss-legendre</c>, <c>Alpha2Beta1</c> is
/// <c>alpha2-beta1</c>.</summary>
internal static class KebabCase
{
    public static string Of(string name)
    {
        StringBuilder text = new();
        for (int i = 0; i < name.Length; i++)
        {
            if (i > 0 && StartsWord(name, i))
                text.Append('-');
            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static bool StartsWord(string name, int i) =>
        char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
}
